"""What every page uses: addresses, the frame, rows, marks and the timeline."""
