PATIENCE = 200  # seconds after which what hangs is ended; no limit to what is slow
