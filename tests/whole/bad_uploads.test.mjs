// Files that nobody should send, through the page of the running server, where somebody sends them who reads one language and has never seen a log:
// each is refused in a sentence of that language with nothing stored, and the server goes on within the memory of a small machine.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { badFiles } from './bad_files.mjs'
import { sample, serve } from './birge.mjs'
import { formsOf, person } from './people.mjs'

const most = 256 * 1024 // KB
const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
let site, coordinator
before(async () => {
  const data = sample(undefined, day)
  site = await serve(data, day)
  coordinator = await person(site, data, { language: 'en', name: 'Нурлан', login: 'national@example.org', role: 'national_coordinator', env: day })
})
after(async () => { await site?.stop() })

const peak = () => Number(readFileSync(`/proc/${site.pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m)[1])
const stored = async () => (await fetch(`${site.address}/feeds/agenda-en.csv?edition=sample`)).text()

async function isWell () {
  const answer = await fetch(site.address + '/readyz')
  assert.equal(answer.status, 200)
  assert.ok(peak() < most, `${peak()} KB`)
}

// The sentence in which the page says what is wrong with a file: at once beside the field, or when the job that reads it has come to its end.
async function toldAbout (bytes, name, language) {
  await coordinator.open(`/${language}/work/import`)
  const form = formsOf(coordinator.html).find(each => each.action.endsWith('/work/import'))
  const body = new FormData()
  for (const [field, value] of form.fields) if (field !== 'file' && field !== 'edition') body.append(field, value)
  body.append('edition', 'sample')
  body.append('file', new Blob([bytes]), name)
  await coordinator.ask(form.action, { method: 'POST', body })
  if (coordinator.status === 422) return coordinator.html.match(/<p class="fault" id="file-fault">(?:<svg[\s\S]*?<\/svg>)? *([^<]+)<\/p>/)[1]
  const page = coordinator.at
  for (let i = 0; i < 300 && coordinator.html.includes('class="progress" role="status"'); ++i) {
    await new Promise(resolve => setTimeout(resolve, 100))
    await coordinator.open(page)
  }
  const found = coordinator.html.match(/<div class="notice danger"[^>]*>[\s\S]*?<p><b>[^<]+<\/b><\/p><p>([^<]+)<\/p>/)
  assert.ok(found, coordinator.text().slice(0, 600))
  await coordinator.send(page.slice(`/${language}`.length), { do: 'put_away' })
  return found[1]
}

for (const [name, make, sentence] of badFiles) {
  test(`${name} is refused by the page in a sentence of its language, and the server goes on`, async () => {
    const before = await stored()
    const [file, bytes] = make()
    const english = await toldAbout(bytes, file, 'en')
    assert.match(english, sentence)
    assert.match(english, /^[A-Z“][^\n]+\.$/)
    const others = []
    for (const language of ['ky', 'ru']) {
      others.push(await toldAbout(bytes, file, language))
      assert.match(others.at(-1), /^[^\n]*[а-яёөүң]{3}[^\n]*\.$/, language)
      assert.doesNotMatch(others.at(-1), / (?:is|are|the|file|of) /, language)
    }
    assert.notEqual(others[0], others[1])
    await isWell()
    assert.equal(await stored(), before)
  })
}

// Sends the beginning of an upload, then nothing but zeros, for as long as the server takes them. Resolves when it has closed the connection.
function endless (language, announced) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.address)
    const boundary = 'a-boundary-of-this-test'
    const head = `POST /${language}/work/import HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${coordinator.cookie}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n`
    const form = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="huge.xlsx"\r\n\r\n`
    const zeros = Buffer.alloc(64 << 10)
    let answer = ''
    let sent = 0
    const began = Date.now()
    const socket = connect(port, hostname, () => {
      socket.write(announced ? `${head}Content-Length: ${announced}\r\n\r\n${form}` : `${head}Transfer-Encoding: chunked\r\n\r\n${form.length.toString(16)}\r\n${form}\r\n`)
      // As a browser does: the answer is read between two pieces, and ends the sending.
      const go = () => {
        if (answer || socket.destroyed || sent >= 300 << 20) return
        sent += zeros.length
        const more = announced ? socket.write(zeros) : [socket.write(`${zeros.length.toString(16)}\r\n`), socket.write(zeros), socket.write('\r\n')].at(-1)
        if (more) setImmediate(go)
        else socket.once('drain', go)
      }
      go()
    })
    socket.setTimeout(20_000, () => socket.destroy(new Error(`the connection hangs after ${sent} bytes: ${answer}`)))
    socket.on('data', piece => { answer += piece })
    socket.on('error', error => { if (!answer) reject(error) }) // once it has answered the server may close while we still send
    socket.on('close', () => resolve({ answer, sent, time: Date.now() - began }))
  })
}

for (const [how, announced, most] of [['announced, is refused before it is sent', 300 << 20, 8 << 20], ['not announced, is refused at the limit', 0, 48 << 20]]) {
  test(`an upload of 300 MB, ${how}, in a sentence of the page's language, and the connection ends`, async () => {
    const before = await stored()
    const sentences = []
    for (const language of ['en', 'ky', 'ru']) {
      const { answer, sent, time } = await endless(language, announced)
      assert.match(answer, /^HTTP\/1\.1 413 /, language)
      assert.match(answer, /\r\nConnection: close\r\n/)
      assert.ok(sent < most, `${sent} bytes were taken`)
      assert.ok(time < 5000, `${time} ms`)
      sentences.push(answer.slice(answer.indexOf('\r\n\r\n') + 4))
    }
    assert.match(sentences[0], /^[^\n]*larger than this server accepts[^\n]*\.\n$/)
    for (const sentence of sentences.slice(1)) assert.match(sentence, /^[А-Я][а-яёөүң ,:-]+\.\n$/)
    assert.notEqual(sentences[1], sentences[2])
    await isWell()
    assert.equal(await stored(), before)
  })
}
