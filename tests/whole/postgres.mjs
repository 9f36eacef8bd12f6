// A private PostgreSQL server for the tests of the whole program.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './birge.mjs'

// A server that lives as long as our end of its command's input is open, so it goes with us however we end.
export function startServer (names) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'tests/with_postgres'), ['sh', '-c', 'echo "$BIRGE_TEST_POSTGRES"; exec cat'], { stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    let complained = ''
    child.on('error', reject)
    child.stderr.on('data', text => { complained += text })
    child.on('exit', code => reject(new Error(`no PostgreSQL (${code}): ${complained}`)))
    child.stdout.on('data', text => {
      said += text
      if (!said.includes('\n')) return
      child.removeAllListeners('exit')
      const [, where] = said.trim().match(/^postgres:\/\/\/postgres\?(\S+)$/)
      const settings = new URLSearchParams(where)
      const tell = ['-h', settings.get('host'), '-p', settings.get('port'), '-U', settings.get('user')]
      for (const name of names) {
        const made = spawnSync('createdb', [...tell, name])
        if (made.status !== 0) return reject(new Error(made.stderr.toString()))
      }
      resolve({
        socket: `${settings.get('host')}/.s.PGSQL.${settings.get('port')}`,
        address: name => `postgres:///${name}?${where}`,
        stop: () => new Promise(done => { child.on('exit', done); child.stdin.end() })
      })
    })
  })
}
