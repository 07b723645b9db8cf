from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from kombu import Connection, Exchange, Queue
from kombu.simple import SimpleQueue

from config.folder_queue import Transport, register

NAME = "work"


@pytest.fixture
def options(tmp_path: Path) -> dict[str, str]:
    # Kombu remembers for the whole process which queues exist; each test has a folder of its own.
    Transport.global_state.clear()
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    messages = str(tmp_path / "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": str(tmp_path / "control"),
    }


@pytest.fixture
def queue(options: dict[str, str]) -> Iterator[SimpleQueue]:
    with connect(options) as connection, connection.SimpleQueue(Queue(NAME, Exchange(NAME), NAME)) as queue:
        yield queue


def connect(options: dict[str, str]) -> Connection:
    register()
    return Connection("folder://localhost", transport_options=options | {"polling_interval": 0.005})


def test_messages_arrive_whole_once_and_in_order(queue: SimpleQueue, options: dict[str, str]) -> None:
    for number in range(20):
        queue.put({"number": number, "text": "Тоқтар " * 500})

    arrived = [queue.get(timeout=2) for _ in range(20)]

    assert [message.payload["number"] for message in arrived] == list(range(20))
    assert list(Path(options["data_folder_in"]).iterdir()) == []


def test_an_empty_folder_is_an_empty_queue(queue: SimpleQueue) -> None:
    with pytest.raises(queue.Empty):
        queue.get(timeout=0.05)


def test_a_message_still_being_written_is_not_taken(queue: SimpleQueue, options: dict[str, str]) -> None:
    (Path(options["data_folder_in"]) / f".1_a.{NAME}.msg.draft").write_text('{"half')

    with pytest.raises(queue.Empty):
        queue.get(timeout=0.05)


def test_a_reader_beside_busy_writers_never_sees_half_a_message(
    queue: SimpleQueue, options: dict[str, str]
) -> None:
    def write(writer: int) -> None:
        with connect(options) as connection, connection.SimpleQueue(Queue(NAME, Exchange(NAME), NAME)) as own:
            for number in range(100):
                own.put({"writer": writer, "number": number, "text": "x" * 20_000})

    writers = [Thread(target=write, args=(writer,)) for writer in range(3)]
    for writer in writers:
        writer.start()
    arrived = [queue.get(timeout=10).payload for _ in range(300)]
    for writer in writers:
        writer.join()

    assert {(message["writer"], message["number"]) for message in arrived} == {
        (writer, number) for writer in range(3) for number in range(100)
    }


def test_two_readers_share_the_work_and_take_nothing_twice(
    queue: SimpleQueue, options: dict[str, str]
) -> None:
    for number in range(60):
        queue.put(number)
    taken: list[int] = []

    def read() -> None:
        with connect(options) as connection, connection.SimpleQueue(Queue(NAME, Exchange(NAME), NAME)) as own:
            while True:
                try:
                    message = own.get(timeout=0.2)
                except own.Empty:
                    return
                message.ack()
                taken.append(message.payload)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert sorted(taken) == list(range(60))
