// A reader on the official @microsoft/signalr client, who keeps to the hub's contract: ignores what it has seen, asks when it
// sees a hole, and asks again with its position after every break. Prints a line of JSON for each thing that it is shown.
//
// node follow.mjs PACKAGES HUB FEED
import { createRequire } from 'node:module'

const [packages, hub, feed] = process.argv.slice(2)
const signalR = createRequire(packages)('@microsoft/signalr')

let position
let asking
let again
let waiting = []

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

const connection = new signalR.HubConnectionBuilder()
  .withUrl(hub)
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 100 + Math.random() * 200 })
  .configureLogging(signalR.LogLevel.None)
  .build()

// One question at a time: two that are under way with the same position would both bring what came after it.
async function follow() {
  if (asking) {
    again = true
    return
  }
  asking = true
  again = false
  try {
    const answer = await (position ? connection.invoke('Follow', feed, position) : connection.invoke('Follow', feed))
    if (answer.reset) print({ reset: true })
    for (const entry of answer.entries) print({ entry })
    position = answer.position
  } catch {
    // The archive is away, and is asked again; or the connection broke, and the next one asks.
    asking = false
    if (again) follow()
    else setTimeout(() => connection.state === 'Connected' && follow(), 200)
    return
  }
  asking = false
  const late = waiting
  waiting = []
  print({ position })
  for (const [entry, previous] of late) updated(entry, previous)
  if (again) follow()
}

function updated(entry, previous) {
  if (asking || !position) {
    waiting.push([entry, previous])
    return
  }
  const [epoch, seen] = position.split(':')
  if (entry.seq <= Number(seen)) return
  if (previous > Number(seen)) {
    follow()
    return
  }
  print({ entry })
  position = `${epoch}:${entry.seq}`
  print({ position })
}

connection.on('Updated', updated)
connection.on('Position', (_, told) => {
  if (!asking && told !== position) follow()
})
connection.onreconnected(follow)

async function start() {
  try {
    await connection.start()
    await follow()
  } catch {
    setTimeout(start, 200)
  }
}

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
start()
