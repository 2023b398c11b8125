PATIENCE = 3000  # seconds after which what hangs is ended; no limit to what is slow
