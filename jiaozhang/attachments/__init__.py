"""Files beside a note: pictures and PDFs, what they are and what they tell besides."""
