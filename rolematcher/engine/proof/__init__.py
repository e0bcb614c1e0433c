"""What holds for every case at once: gaps, dead rows, two editions compared, tables for other engines."""
