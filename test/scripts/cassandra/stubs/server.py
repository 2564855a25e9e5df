#!/usr/bin/env python3
# Stands in for the server's ports: answers OPTIONS of the protocol, and the greeting of JMX. SIGTERM ends it with 143.
import signal
import socket
import sys
import threading

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def serve(port):
    listener = socket.create_server(('127.0.0.1', port))
    while True:
        connection, _ = listener.accept()
        request = connection.recv(64)
        if request == b'\4\0\0\0\5\0\0\0\0':
            connection.sendall(b'\x84\0\0\0\6\0\0\0\0')
        if request == b'JRMI\0\2K':
            connection.sendall(b'N\0\0')
        connection.close()


for each in sys.argv[1:]:
    threading.Thread(target=serve, args=(int(each),), daemon=True).start()
while True:
    signal.pause()
