"""A build as a process: it is started, watched, told of and published."""
