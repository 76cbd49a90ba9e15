"""From Slack to a handler: sockets, HTTP, the gate, routing, and the acknowledgement."""
