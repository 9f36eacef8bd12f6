import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder, root, run } from './birge.mjs'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('the configuration table of the README has exactly the settings there are', () => {
  const help = run(folder(), ['serve', '--help']).out
  const group = help.slice(help.indexOf('Settings'))
  const known = [...group.matchAll(/--([a-z-]+)/g)].map(([, name]) => name.replaceAll('-', '_')).sort()
  const told = [...readme.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name).sort()
  assert.ok(known.length > 5)
  assert.deepEqual(told, known)
})

test('every file that the README links to is there', () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g)) if (!path.startsWith('http')) assert.ok(existsSync(join(root, path)), path)
})

test('the completion script is bash and knows the commands', () => {
  const script = run(folder(), ['completion']).out
  assert.match(script, /complete -F _birge birge/)
  for (const command of ['serve', 'import', 'report', 'backup', 'restore']) assert.ok(script.includes(command), command)
})
