-- For wrk: sends the report of one activity after the other, each once. The file named by the first argument has a line for each: the address of
-- its form, the cookie of the session, the form token of the session and the version of the activity, with tabs between.
-- Only what is answered with the redirect to the reported activity counts.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  math.randomseed(number + 1)
  lines, at, stored, refused, why = {}, 0, 0, 0, ""
  local of = tonumber(args[2])
  local i = 0
  for line in io.lines(args[1]) do
    if i % of == number then table.insert(lines, line) end
    i = i + 1
  end
  run = args[3]
end

local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin"}

function request()
  at = at + 1
  local line = lines[at]
  if not line then
    wrk.thread:stop()
    why = "there were too few activities"
    line = lines[#lines]
  end
  local path, cookie, token, version = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
  headers["Cookie"] = cookie
  local women, men = math.random(5, 60), math.random(5, 60)
  local body = "form_token=" .. token .. "&version=" .. version .. "&post=" .. run .. "-" .. number .. "-" .. at ..
    "&n-female-14_17=" .. women .. "&n-male-14_17=" .. men .. "&total=" .. (women + men) .. "&method=head_count" ..
    "&narrative=Pupils+asked+much+and+stayed+long.&question1=Who+helps+abroad%3F&challenges=The+hall+was+cold.&recommendation=Come+earlier."
  return wrk.format("POST", path, headers, body)
end

function response(status, headers, body)
  local to = headers["Location"] or ""
  if status == 303 and to:match("^/ky/work/activities/%w+$") then stored = stored + 1
  else
    refused = refused + 1
    if why == "" then why = status .. " " .. to .. " " .. (body:match('role="alert".-</div>') or body:match("<h1>.-</h1>") or "") end
  end
end

function done(summary, latency, requests)
  local stored, refused, sent, why = 0, 0, "", ""
  for _, thread in ipairs(threads) do
    sent = sent .. " " .. thread:get("at")
    stored = stored + thread:get("stored")
    refused = refused + thread:get("refused")
    if thread:get("why") ~= "" then why = thread:get("why") end
  end
  local errors = summary.errors
  io.write(string.format("stored %d refused %d seconds %.3f p50 %.2f p99 %.2f errors %d sent%s: %s\n", stored, refused, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.timeout, sent, why))
end
