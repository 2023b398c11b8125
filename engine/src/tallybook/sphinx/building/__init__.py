"""What an author waits for: chapters executed, pages taken over, written and guarded."""
