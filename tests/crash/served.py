"""A running Birge, and focal points who are signed in and send it the forms of their reports, as a browser without JavaScript does."""
import http.client
import os
import re
import socket
import subprocess
import threading
import time
import urllib.parse

REPORTERS = ('focal@birge.example', 'member@birge.example')  # of `birge user sample`


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


class Server:
    """`birge serve` on a free port of this machine."""

    def __init__(self, birge, env):
        self.port = free_port()
        env = {**os.environ, 'PORT': str(self.port), 'BIRGE_LOG_LEVEL': 'off', **env}
        self.process = subprocess.Popen([birge, 'serve', '--quiet'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not self.ready():
            if time.monotonic() > end or self.process.poll() is not None:
                self.kill()
                raise RuntimeError('birge serve does not become ready')
            time.sleep(0.01)

    def connection(self):
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)

    def ready(self):
        try:
            connection = self.connection()
            connection.request('GET', '/readyz')
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


class Person:
    """Somebody who signs in; the session lies in the database and outlives the server."""

    def __init__(self, server, login, password):
        self.cookie = ''
        _, _, page = self.ask(server, '/ky/sign-in')
        status, _, _ = self.ask(server, '/ky/sign-in', {'form_token': token_of(page), 'login': login, 'password': password})
        if status != 303:
            raise RuntimeError(f'{login} cannot sign in: {status}')

    def learn_token(self, server, activity):
        """The token of the session, which every form carries."""
        self.token = token_of(self.ask(server, f'/ky/work/activities/{activity}/report')[2])

    def ask(self, server, path, fields=None):
        connection = server.connection()
        body = urllib.parse.urlencode(fields) if fields is not None else None
        headers = {'Cookie': self.cookie, **({'Content-Type': 'application/x-www-form-urlencoded'} if body else {})}
        connection.request('POST' if body else 'GET', path, body, headers)
        reply = connection.getresponse()
        page = reply.read().decode()
        if reply.headers.get('Set-Cookie'):
            self.cookie = reply.headers['Set-Cookie'].split(';')[0]
        return reply.status, reply.headers, page


def token_of(page):
    return re.search(r'<input[^>]*name="form_token"[^>]*value="([^"]*)"', page).group(1)


class Forms:
    """What `crash_load prepare` printed, sent by several people at once until the server is gone; each report that was answered with the way to its
    activity is written down in `promised` as crash_load does."""

    def __init__(self, server, people, lines, promised, threads):
        self.server, self.people, self.fault, self.ending = server, people, '', False
        self.promised = os.open(promised, os.O_WRONLY | os.O_APPEND)
        self.threads = [threading.Thread(target=self.send, args=(lines[i::threads],), daemon=True) for i in range(threads)]
        for thread in self.threads:
            thread.start()

    def send(self, lines):
        try:
            connection = self.server.connection()
            for line in lines:
                while not self.send_one(connection, *line.split(' ')):
                    time.sleep(0.002)
        except (OSError, http.client.HTTPException) as error:
            # What a server that was killed did not answer it did not promise.
            if not self.ending:
                self.fault = self.fault or repr(error)

    def send_one(self, connection, login, activity, token, form):
        person = self.people[login]
        path = f'/ky/work/activities/{activity}'
        connection.request('POST', path + '/report', form + '&form_token=' + urllib.parse.quote(person.token),
                           {'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': person.cookie, 'Sec-Fetch-Site': 'same-origin'})
        reply = connection.getresponse()
        page = reply.read()
        stored = reply.status == 303 and reply.headers['Location'] == path
        os.write(self.promised, f'{token} {activity} 2 -\n'.encode() if stored else b'refused\n')
        if not stored and reply.status != 503:
            self.fault = f'{reply.status} for {path}: ' + re.sub(r'<[^>]*>|\s+', ' ', page.decode(errors='replace'))[:2000]
            raise ConnectionError
        return stored

    def poll(self):
        """As of a process: None while it runs."""
        return 'faulty' if self.fault else self.server.process.poll()

    def kill(self):
        self.ending = True
        self.server.kill()
        for thread in self.threads:
            thread.join()
        os.close(self.promised)
