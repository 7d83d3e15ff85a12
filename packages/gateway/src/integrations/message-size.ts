/** A longer body could not be sent to a client: API Gateway quotas, message payload size 128 KB. */
export const maxMessageBytes = 131_072;
