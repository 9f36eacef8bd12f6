-- For wrk: each request is of another reader, as a proxy tells it. So many searches of one reader would have to wait.
local headers, readers = {}, 0
function request()
  readers = readers + 1
  headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), readers % 256)
  return wrk.format(nil, nil, headers)
end
