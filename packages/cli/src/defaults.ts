/** What a gateway is started with where nothing else is asked for, on the command line and by `up()`. */
export const defaults = {
  host: '127.0.0.1',
  store: 'memory',
  region: 'us-east-1',
  account: '123456789012',
  limits: 'none',
} as const;
