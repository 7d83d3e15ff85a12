/** What the process says of itself when it ends. One meaning each, for every command. */
export const exitCode = {
  done: 0,
  /** The run or the check failed. */
  failed: 1,
  /** An argument, an input or a document is unusable; nothing was sent. */
  badInput: 2,
  /** A port, the network or a file is in the way. */
  environment: 3,
  /** Ended by SIGINT or SIGTERM before the work was done. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
