#!/usr/bin/env python3
# Stands in for the server's ports: health says what the file says, clients get the letter N. Prints the ports when it listens.
import os
import socket
import sys
import threading

folder = sys.argv[1]


def said(name, default):
    try:
        with open(f'{folder}/{name}') as file:
            return file.read()
    except FileNotFoundError:
        return default


def http(connection):
    if os.path.exists(f'{folder}/hasty'):
        # Closed in the middle of the question, as a server that is ending does.
        connection.recv(1)
        return
    request = ''
    # A request comes in pieces: bash writes line by line.
    while not request.endswith('\r\n\r\n'):
        piece = connection.recv(4096).decode()
        if not piece:
            return
        request += piece
    with open(f'{folder}/requests', 'a') as file:
        file.write(request)
    status = said('status', '200 OK')
    if status:
        connection.sendall(f'HTTP/1.1 {status}\r\n\r\nbody'.encode())


def pg(connection):
    with open(f'{folder}/pg', 'ab') as file:
        file.write(connection.recv(64))
    connection.sendall(said('letter', 'N').encode())


def serve(listener, answer):
    while True:
        connection, _ = listener.accept()
        answer(connection)
        connection.close()


listeners = [socket.create_server(('127.0.0.1', 0)) for _ in range(2)]
for listener, answer in zip(listeners, [http, pg]):
    threading.Thread(target=serve, args=(listener, answer), daemon=True).start()
with open(f'{folder}/ports.new', 'w') as file:
    file.write(' '.join(str(listener.getsockname()[1]) for listener in listeners) + '\n')
os.rename(f'{folder}/ports.new', f'{folder}/ports')
threading.Event().wait()
