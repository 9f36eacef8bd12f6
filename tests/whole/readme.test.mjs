import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
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

// What bash offers after these words, by the script that the program prints.
function offered (...words) {
  const script = run(folder(), ['completion']).out
  const asked = `${script}\nCOMP_WORDS=(birge "$@"); COMP_CWORD=$#; _birge; printf '%s\\n' "\${COMPREPLY[@]}"`
  const done = spawnSync('bash', ['-c', asked, 'bash', ...words], { cwd: folder() })
  assert.equal(done.stderr.toString(), '')
  return done.stdout.toString().split('\n').filter(word => word)
}

test('bash completes commands, the commands below them and their options', () => {
  const commands = offered('')
  for (const command of ['serve', 'import', 'report', 'backup', 'restore']) assert.ok(commands.includes(command), command)
  assert.deepEqual(offered('imp'), ['import'])
  for (const [group, below] of [['import', 'activities'], ['export', 'template'], ['user', 'add'], ['jobs', 'retry'], ['audit', 'head']]) {
    assert.ok(offered(group, '').includes(below), group)
    assert.deepEqual(offered(group, below.slice(0, 3)), [below])
  }
  const options = offered('import', 'activities', '--')
  for (const option of ['--edition', '--dry-run', '--partial', '--create-organisations', '--data']) assert.ok(options.includes(option), option)
  assert.deepEqual(offered('import', 'activities', 'plan.xlsx', '--dry'), ['--dry-run'])
  assert.deepEqual(offered('user', 'reset', '0700123456', '--remove'), ['--remove-second-step'])
  assert.deepEqual(offered('init', '--sample-s'), ['--sample-size'])
  assert.deepEqual(offered('backup', ''), [], 'a file is wanted there, not an option')
})
