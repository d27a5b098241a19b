-- Sends a form with each request. A body with %s is filled with a token of the file; where the answer brings a new refresh token, that one goes back into the pool.
local tokens, position, waiting = {}, 0, {}
local form, rotate

function init(args)
  form = args[1]
  rotate = args[3] == "rotate"
  for line in io.lines(args[2]) do tokens[#tokens + 1] = line end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Authorization"] = args[4]
end

function request()
  local token
  if rotate then
    token = table.remove(tokens, 1)
  else
    position = position % #tokens + 1
    token = tokens[position]
  end
  return wrk.format(nil, nil, nil, (form:gsub("%%s", token or "none")))
end

function response(status, headers, body)
  if rotate then
    local token = body:match('"refresh_token":"([^"]+)"')
    if token then tokens[#tokens + 1] = token end
  end
end

function done(summary)
  io.write(string.format("RESULT %d %d %f\n", summary.requests, summary.errors.status, summary.duration / 1e6))
end
