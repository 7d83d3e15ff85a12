/** A message may be this long, in either direction: API Gateway quotas, message payload size 128 KB. */
export const maxMessageBytes = 131_072;
