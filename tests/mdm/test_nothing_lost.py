"""Real processes are killed and servers stopped while deliveries come in: nothing is lost, nothing twice."""
