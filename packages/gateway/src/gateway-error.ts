/** Why a gateway did not start. */
export type GatewayErrorCode =
  /** The region, the account's number or a quota is none. */
  | 'account-invalid'
  /** The host is not of the loopback interface, and that was not asked for in so many words. */
  | 'address-refused'
  /** An endpoint of an AWS service is not a URL. */
  | 'endpoint-invalid'
  /** Something else listens on the port. */
  | 'port-in-use'
  /** The host or port cannot be listened on: unknown here, or not permitted. */
  | 'address-unusable'
  /** The certificate or its key cannot be read, or they do not belong together. */
  | 'certificate-unusable';

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;

  constructor(code: GatewayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
