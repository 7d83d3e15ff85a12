import type { RateLimit } from '../model/token-bucket.ts';

/*
 * The limits of connections. Where no other source is named they are those of the developer guide, "API Gateway quotas for
 * configuring and running a WebSocket API".
 */

/** An endpoint's URL may be this long, with its query. */
export const maxUrlLength = 4096;

/** A client's frame may be this long (32 KB). */
export const maxFrameBytes = 32_768;

/** Our own bound: a message may come in this many fragments; what exceeds it is closed with 1008. */
export const maxMessageFragments = 16_384;

/** A connection without traffic is closed after 10 minutes. */
export const idleMilliseconds = 600_000;

/** A connection is closed after 2 hours. */
export const maxAgeMilliseconds = 7_200_000;

/** How often connections are looked through; the service was seen to close an idle one 3.9 s late. */
export const sweepMilliseconds = 5_000;

/** Whether a client's ping counts as traffic. The documentation does not say; reports differ. */
export const pingsCountAsTraffic = true;

/** Our own bound: messages of one connection that integrations work on at a time; more wait, and reading stops. */
export const maxMessagesInFlight = 64;

/** Our own bound on the texts of these messages together, so that what one client can make the gateway hold stays small. */
export const maxCharactersInFlight = 1_048_576;

/** Our own bound: a client that leaves this much unread is disconnected. */
export const maxUnreadBytes = 4_194_304;

/** Our own bound: what a client may send before its handshake is answered; the protocol allows nothing (RFC 6455 §4.1). */
export const maxEarlyBytes = 65_536;

/** Our own bound: how long a closing handshake may take before the connection is dropped. */
export const closeTimeoutMilliseconds = 2_000;

/** Our own bound: how long a closing gateway waits for `$disconnect` integrations. */
export const shutdownMilliseconds = 5_000;

/**
 * The account's limit of requests (connects, messages and calls of `@connections` together): it stands in for what a stage's
 * throttling settings leave out, and is enforced as such only where AWS's account limits are asked for.
 */
export const accountRequestLimit: RateLimit = { rate: 10_000, burst: 5_000 };

/** The account's limit of new connections; that its burst is a second's worth is our choice. */
export const newConnectionLimit: RateLimit = { rate: 500, burst: 500 };
