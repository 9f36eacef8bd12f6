// Starts the built program on a free loopback port with a database of its own, and stops it again. For the tests of the whole program.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const binary = process.env.BIRGE ?? join(root, 'build', 'test', 'birge')
// Every test sees the same day: the fortieth of the sample campaign.
export const now = '2026-10-20T06:00:00Z'

export function folder () {
  const path = mkdtempSync(join(tmpdir(), 'birge-test-'))
  process.on('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}

function environment (data, more = {}) {
  return { PATH: process.env.PATH, HOME: process.env.HOME ?? '/tmp', BIRGE_NOW: now, DATA: data, ...more }
}

// Runs one command to its end.
export function run (data, args, more = {}) {
  const done = spawnSync(binary, args, { env: environment(data, more.env), input: more.input, maxBuffer: 64 << 20, cwd: data })
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString(), bytes: done.stdout }
}

// The kernel's own count of what a child held at most. Arguments: a file for it, the largest file the child may write (0: any), the command.
const meter = `
import resource, signal, subprocess, sys
def prepare():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if int(sys.argv[2]) > 0: resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
code = subprocess.call(sys.argv[3:], preexec_fn=prepare)
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code if code >= 0 else 128 - code)`

// run() that also says how much memory the command held at most, in KB.
export function measured (data, args, more = {}) {
  const told = join(more.told ?? data, 'peak-memory')
  const done = spawnSync('python3', ['-c', meter, told, String(more.fileBytes ?? 0), binary, ...args], { env: environment(data, more.env), maxBuffer: 64 << 20, cwd: data })
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString(), kilobytes: Number(readFileSync(told, 'utf8')) }
}

export function sample (data = folder(), env = {}) {
  const made = run(data, ['init', '--sample'], { env })
  if (made.code !== 0) throw new Error(made.err)
  return data
}

// Serves until stop() is called. `address` is http://127.0.0.1:PORT, unless the settings say otherwise.
export function serve (data, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['serve', '--port', '0'], { env: environment(data, env), cwd: data })
    let said = ''
    let log = ''
    child.stderr.on('data', text => { log += text })
    child.on('exit', code => reject(new Error(`birge ended with ${code}: ${log}`)))
    child.stdout.on('data', text => {
      said += text
      const found = said.match(/http:\/\/[\d.]+:\d+/)
      if (!found) return
      child.removeAllListeners('exit')
      resolve({
        address: found[0],
        pid: child.pid,
        log: () => log,
        stop: () => new Promise(done => { child.on('exit', code => done(code)); child.kill('SIGTERM') })
      })
    })
  })
}
