// Starts the built program on a free loopback port with a database of its own, and stops it again. For the tests of the whole program.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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

export function sample (data = folder(), env = {}) {
  const made = run(data, ['init', '--sample'], { env })
  if (made.code !== 0) throw new Error(made.err)
  return data
}

// Serves until stop() is called. `address` is http://127.0.0.1:PORT.
export function serve (data, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['serve', '--port', '0'], { env: environment(data, env), cwd: data })
    let said = ''
    let log = ''
    child.stderr.on('data', text => { log += text })
    child.on('exit', code => reject(new Error(`birge ended with ${code}: ${log}`)))
    child.stdout.on('data', text => {
      said += text
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/)
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
