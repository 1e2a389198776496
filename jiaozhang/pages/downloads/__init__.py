"""What programs and spreadsheets read: CSV, JSON, Excel, feeds, calendars."""
