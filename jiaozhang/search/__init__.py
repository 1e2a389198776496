"""Search without a server: an index of documents as shards that a page loads on demand."""
