// The files for running Birge for real fit the program: what they name it knows, what they promise each other agrees, and the programs they are for
// take them, where those are installed.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { binary, folder, root, run, sample, serve } from './birge.mjs'

const megabyte = 1 << 20

const deployed = name => readFileSync(join(root, 'deploy', name), 'utf8')
const operate = readFileSync(join(root, 'docs/operate.md'), 'utf8')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const defaults = Object.fromEntries([...readme.matchAll(/^\| `([a-z_]+)` \|[^|]*\| (?:`([^`]*)`)? ?\|/gm)].map(([, name, value]) => [name, value ?? '']))
const upstream = `${defaults.address}:${defaults.port}`
const has = program => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

// Every `key = value` or `# key = value` of a text, read by the program as a configuration file.
function accepted (settings) {
  const data = folder()
  const file = join(data, 'birge.toml')
  writeFileSync(file, settings)
  const done = run(data, ['completion', '--config', file])
  assert.equal(done.code, 0, done.err)
}

test('the guide to operating names every file there is to deploy', () => {
  for (const name of ['birge.service', 'Caddyfile', 'nginx.conf']) {
    assert.ok(operate.includes(`deploy/${name}`), name)
    assert.ok(deployed(name).length > 100, name)
  }
})

// Section, directive and value of each line of the unit.
function unit () {
  let section
  const found = []
  for (const line of deployed('birge.service').split('\n')) {
    if (/^\[\w+\]$/.test(line)) section = line.slice(1, -1)
    else if (line && !line.startsWith('#')) {
      const [, name, value] = line.match(/^(\w+)=(.*)$/)
      found.push([section, name, value])
    }
  }
  return found
}
const directive = name => unit().filter(([, each]) => each === name).map(([, , value]) => value)

test('the unit starts the program with a command, options and variables that it has, as the guide installs it', () => {
  const [start] = directive('ExecStart')
  const [program, command, ...words] = start.split(' ')
  assert.ok(operate.includes(`birge ${program.slice(0, program.lastIndexOf('/') + 1)}`), 'the guide copies it there')
  const help = run(folder(), [command, '--help'])
  assert.equal(help.code, 0)
  for (const word of words.filter(each => each.startsWith('--'))) assert.ok(help.out.includes(`${word} `), word)
  assert.equal(words[words.indexOf('--config') + 1], operate.match(/^`(\/etc\/[\w.]+)`:$/m)[1])
  for (const variable of directive('Environment')) {
    const [name, value] = variable.split('=')
    assert.match(readme, new RegExp(`^\\| \`\\w+\` \\| \`${name}\` \\|`, 'm'), `${name} is the short name of a setting`)
    assert.equal(value, `/var/lib/${directive('StateDirectory')[0]}`, 'it may write nowhere else')
    assert.ok(operate.includes(variable))
  }
  const [user] = directive('User')
  assert.match(operate, new RegExp(`adduser --system --group --home /var/lib/birge ${user}$`, 'm'))
})

test('the unit keeps the service in its bounds, starts it again and lets it end in peace', () => {
  for (const name of ['NoNewPrivileges', 'PrivateTmp', 'PrivateDevices', 'ProtectHome', 'ProtectKernelTunables', 'ProtectControlGroups', 'RestrictNamespaces', 'LockPersonality']) assert.deepEqual(directive(name), ['yes'], name)
  assert.deepEqual(directive('ProtectSystem'), ['strict'])
  assert.deepEqual(directive('Restart'), ['on-failure'])
  assert.deepEqual(directive('WantedBy'), ['multi-user.target'])
  assert.ok(Number(directive('TimeoutStopSec')[0]) > 10, 'a stop waits ten seconds for what is in flight')
})

test('systemd takes the unit', { skip: !has('systemd-analyze') && 'systemd-analyze is not installed' }, () => {
  const path = join(folder(), 'birge.service')
  writeFileSync(path, deployed('birge.service').replace(/^ExecStart=\S+/m, `ExecStart=${binary}`))
  const done = spawnSync('systemd-analyze', ['verify', path])
  assert.equal(done.stdout.toString() + done.stderr.toString(), '')
  assert.equal(done.status, 0)
})

test('every example of a configuration file is one that the program takes', () => {
  const lines = operate.split('\n').map(line => line.match(/^ {4}(?:# )?([a-z_]+ = "[^"]*")/)?.[1]).filter(line => line)
  assert.ok(lines.length >= 6)
  for (const line of lines) accepted(line)
  for (const name of ['Caddyfile', 'nginx.conf']) {
    const [, public_, proxies] = deployed(name).match(/^# .*Set (\w+) and (\w+ = "[\d.]+") in \/etc\/birge\.toml\.$/m)
    accepted(`${public_} = "https://birge.example"\n${proxies}`)
  }
})

test('both proxies lead to where the program listens by itself, and nginx lets through what it takes', () => {
  assert.match(deployed('Caddyfile'), new RegExp(`^\\treverse_proxy ${upstream.replaceAll('.', '\\.')}$`, 'm'))
  assert.match(deployed('nginx.conf'), new RegExp(`^ +proxy_pass http://${upstream.replaceAll('.', '\\.')};$`, 'm'))
  const [, most] = deployed('nginx.conf').match(/^ +client_max_body_size (\d+)m;$/m)
  assert.equal(Number(most), 2 * Number(defaults.body_limit_mb), 'what is too large reaches the program, which says so in the language of its pages')
})

const freePort = () => new Promise(resolve => {
  const taken = createServer().listen(0, '127.0.0.1', () => { const { port } = taken.address(); taken.close(() => resolve(port)) })
})

function ask (port, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, rejectUnauthorized: false, headers: { host: 'birge.example' } }, answer => {
      let text = ''
      answer.on('data', piece => { text += piece }).on('end', () => resolve({ status: answer.statusCode, text }))
    })
    asked.on('error', reject).end()
  })
}

// Sends zeros to a form of the site, as an upload does.
function send (port, path, bytes) {
  return new Promise((resolve, reject) => {
    const headers = { host: 'birge.example', 'content-type': 'multipart/form-data; boundary=x', 'content-length': bytes }
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', rejectUnauthorized: false, headers }, answer => {
      let text = ''
      answer.on('data', piece => { text += piece }).on('end', () => resolve({ status: answer.statusCode, text }))
    })
    sent.on('error', reject).end(Buffer.alloc(bytes))
  })
}

test('nginx takes its file, and pages come through it, and what is too large is said in the language of the page', { skip: !(has('nginx') && has('openssl')) && 'nginx or openssl is not installed' }, async () => {
  const place = folder()
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=birge.example', '-days', '1', '-keyout', join(place, 'key.pem'), '-out', join(place, 'fullchain.pem')])
  assert.equal(made.status, 0, made.stderr.toString())
  const site = await serve(sample(), { BIRGE_PUBLIC_ADDRESS: 'https://birge.example', BIRGE_TRUSTED_PROXIES: '127.0.0.1' })
  const port = await freePort()
  const server = deployed('nginx.conf').replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`).replaceAll('/etc/ssl/birge', place).replace(upstream, new URL(site.address).host)
  const configuration = join(place, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(each => `${each}_temp_path ${place}/${each};`).join(' ')
  writeFileSync(configuration, `daemon off; ${process.getuid() === 0 ? 'user root;' : ''} pid ${place}/pid; error_log ${place}/error.log;\nevents {}\nhttp { access_log off; ${temporary}\n${server}\n}\n`)
  const words = ['-c', configuration, '-e', join(place, 'error.log')]
  const checked = spawnSync('nginx', ['-t', ...words])
  assert.equal(checked.status, 0, checked.stderr.toString())
  const child = spawn('nginx', words)
  try {
    let page
    for (let i = 0; i < 100 && !page; ++i) page = await ask(port, '/ky/activities').catch(() => new Promise(resolve => setTimeout(resolve, 50)))
    assert.equal(page.status, 200)
    assert.match(page.text, /<html lang="ky"/)
    assert.match((await ask(port, '/feeds/agenda-en.json')).text, /https:\/\/birge\.example\//)
    const limit = Number(defaults.body_limit_mb) * megabyte
    for (const [language, sentence] of [['en', /larger than this server accepts/], ['ky', /сервер/], ['ru', /сервер/]]) {
      const refused = await send(port, `/${language}/work/import`, limit + megabyte)
      assert.equal(refused.status, 413, refused.text)
      assert.match(refused.text, sentence)
      assert.doesNotMatch(refused.text, /nginx/)
    }
  } finally {
    const ended = new Promise(resolve => child.on('exit', resolve))
    child.kill('SIGTERM')
    await ended
    await site.stop()
  }
})
