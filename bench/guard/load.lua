-- Sends the requests of a file, in turn from the one after so many: one token a line. Says how many answers came, how fast, and how long the middle and the slowest hundredth took.
local requests, position = {}

function init(args)
  for token in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", "/orders", { Authorization = "Bearer " .. token })
  end
  position = tonumber(args[2])
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  -- An answer that is late is still an answer: it counts in the latency.
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
  io.write(string.format("RESULT %d %d %f %f %f\n", summary.requests, errors, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
