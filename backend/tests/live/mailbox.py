"""A mail server in this process, that takes every mail and keeps it."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class _Session(StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 ready")
        for line in self.rfile:
            match line[:4].upper():
                case b"DATA":
                    self.say("354 go on")
                    if mail := self.read_mail():
                        self.server.mails.append(email.message_from_bytes(mail))
                        self.say("250 taken")
                case b"QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 fine")

    def read_mail(self) -> bytes:
        """Return the mail, or nothing if its sender went away in the middle."""
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b""

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, mails: list[Message]) -> None:
        self.mails = mails
        super().__init__(("127.0.0.1", port), _Session)

    def handle_error(self, *_request: object) -> None:
        """Senders are killed: that their connections break is no news."""


@contextmanager
def mail_server(port: int, mails: list[Message]) -> Iterator[None]:
    """Take mails at ``port`` until the block ends, and add each to ``mails``."""
    with _Server(port, mails) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield
        server.shutdown()
