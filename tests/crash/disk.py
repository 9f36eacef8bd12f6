"""What a disk may hold after a power failure, from the log of fsync_shim.c."""
import os
import struct

RECORD = struct.Struct('<IIQQQ')
SECTOR = 512


def records(log):
    """Every whole record: kind, path, number, offset, data."""
    with open(log, 'rb') as file:
        text = file.read()
    at = 0
    while at + RECORD.size <= len(text):
        kind, path_length, number, offset, length = RECORD.unpack_from(text, at)
        end = at + RECORD.size + path_length + length
        if end > len(text):
            return  # killed in the middle of it
        path = text[at + RECORD.size:at + RECORD.size + path_length].decode()
        yield chr(kind), path, number, offset, text[end - length:end]
        at = end


class File:
    """A file as the disk has it: first as before, then with what is written to it."""

    def __init__(self, path):
        self.bytes = bytearray(open(path, 'rb').read()) if os.path.exists(path) else bytearray()

    def write(self, offset, data):
        if len(self.bytes) < offset:
            self.bytes.extend(b'\0' * (offset - len(self.bytes)))
        self.bytes[offset:offset + len(data)] = data

    def truncate(self, length):
        if length < len(self.bytes):
            del self.bytes[length:]
        else:
            self.bytes.extend(b'\0' * (length - len(self.bytes)))


def after_power_failure(log, before, after, chance):
    """Writes to the folder `after` what the disk holds that held `before`: all that an fsync covered, and of each later write whatever `chance`
    keeps: nothing, everything, or some of its sectors. `chance` is a function without arguments, true for a sector that is kept.
    Returns how many bytes were written after the last fsync that covered them."""
    covered = {}
    entries = list(records(log))
    for kind, path, number, _, _ in entries:
        if kind == 'S':
            covered[path] = max(covered.get(path, 0), number)
    files = {}
    uncovered = 0
    for kind, path, number, offset, data in entries:
        if kind == 'S' or path.endswith('-shm'):
            continue
        name = os.path.basename(path)
        if name not in files:
            files[name] = File(os.path.join(before, name))
        file = files[name]
        safe = number <= covered.get(path, 0)
        if kind == 'T':
            if safe or chance():
                file.truncate(offset)
            continue
        if safe:
            file.write(offset, data)
            continue
        uncovered += len(data)
        for start in range(0, len(data), SECTOR):
            if chance():
                file.write(offset + start, data[start:start + SECTOR])
    for name in os.listdir(before):
        if not name.endswith('-shm') and name not in files:
            files[name] = File(os.path.join(before, name))
    for name, file in files.items():
        with open(os.path.join(after, name), 'wb') as out:
            out.write(file.bytes)
    return uncovered
