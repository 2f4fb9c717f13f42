// Loaded into a process before its program: reports what it used, on stderr, when it ends.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = {
    cpu: (userCPUTime + systemCPUTime) / 1e3,
    rss: maxRSS / 1024,
    wall: performance.now(),
  };
  process.stderr.write(`\n@${JSON.stringify(used)}`);
});
