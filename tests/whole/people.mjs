// People who work with the running program as a browser without JavaScript does: pages are read, forms are sent back as they stand.
import assert from 'node:assert/strict'
import { run } from './birge.mjs'

const password = 'жашыл тоо китеп самоор'

function unescaped (text) {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&')
}
function attribute (tag, name) {
  const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`))
  return found ? unescaped(found[1]) : undefined
}

// Every form of a page with what a browser would send back from it.
export function formsOf (html) {
  return [...html.matchAll(/<form [^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => {
    const fields = []
    for (const [tag] of text.matchAll(/<input [^>]*>/g)) {
      const type = attribute(tag, 'type') ?? 'text'
      if ((type === 'checkbox' || type === 'radio') && !/\schecked/.test(tag)) continue
      if (attribute(tag, 'name')) fields.push([attribute(tag, 'name'), attribute(tag, 'value') ?? ''])
    }
    for (const [tag, inside] of text.matchAll(/<select [^>]*>([\s\S]*?)<\/select>/g)) {
      const options = [...inside.matchAll(/<option [^>]*>/g)].map(([option]) => option)
      const chosen = options.find(option => /\sselected/.test(option)) ?? options[0]
      fields.push([attribute(tag, 'name'), attribute(chosen, 'value') ?? ''])
    }
    for (const [tag, inside] of text.matchAll(/<textarea [^>]*>([\s\S]*?)<\/textarea>/g)) fields.push([attribute(tag, 'name'), unescaped(inside)])
    return { action: attribute(text.match(/<form [^>]*>/)[0], 'action'), fields }
  })
}

export class Visitor {
  constructor (address) { this.address = address; this.cookie = ''; this.at = '' }

  async ask (path, options = {}) {
    const headers = { ...(this.cookie ? { cookie: this.cookie } : {}), ...(options.headers ?? {}) }
    const reply = await fetch(this.address + path, { redirect: 'manual', ...options, headers })
    const set = reply.headers.get('set-cookie')
    if (set) this.cookie = set.split(';')[0]
    this.status = reply.status
    this.at = path
    this.html = await reply.text()
    const next = reply.headers.get('location')
    if (next && reply.status === 303) return this.ask(next)
    return this
  }
  open (path) { return this.ask(path) }

  // Sends the form of this page whose address ends so, with some fields filled in. A value that is a list sends the name several times.
  async send (ending, values = {}) {
    const form = formsOf(this.html).find(each => each.action.endsWith(ending))
    assert.ok(form, `no form for ${ending} on ${this.at} (${this.status}): ${this.text().slice(0, 600)}`)
    const body = new URLSearchParams()
    for (const [name, value] of form.fields) if (!(name in values)) body.append(name, value)
    for (const [name, value] of Object.entries(values)) for (const each of [value].flat()) body.append(name, each)
    return this.ask(form.action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  }
  text () { return unescaped(this.html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ') }
}

// Somebody with an account in a role, signed in: made from the command line's link as a person would.
export async function person (site, data, { language = 'ky', name, login, role, region, organisation, env }) {
  const scope = [...(region ? ['--region', region] : []), ...(organisation ? ['--organisation', organisation] : [])]
  const made = run(data, ['user', 'add', '--role', role, '--name', name, ...scope], { env })
  assert.equal(made.code, 0, made.err)
  const path = new URL(made.out.match(/https?:\/\/\S+/)[0]).pathname
  const visitor = new Visitor(site.address)
  await visitor.open(path.replace(/^\/[a-z]{2}\//, `/${language}/`))
  await visitor.send(path.replace(/^\/[a-z]{2}\//, '/'), { name, login, password })
  if (visitor.at.includes('/sign-in/setup')) {
    // The card on paper needs no telephone.
    const card = formsOf(visitor.html).find(form => form.fields.some(([field, value]) => field === 'way' && value === 'card'))
    await visitor.ask(card.action, { method: 'POST', body: new URLSearchParams(card.fields), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  }
  await visitor.open(`/${language}/work`)
  assert.equal(visitor.status, 200, `${name} is not in: ${visitor.text().slice(0, 400)}`)
  return visitor
}
