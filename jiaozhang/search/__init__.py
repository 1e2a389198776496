"""Search without a server: documents become shards that a page loads one by one."""
