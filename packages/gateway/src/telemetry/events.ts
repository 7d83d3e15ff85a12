/**
 * What the gateway tells its owner while it serves: one closed union, for the terminal, logs and tests alike. Nothing
 * here carries message bodies or header values, which may be secret.
 */
export type GatewayEvent =
  | {
      readonly kind: 'control-plane-request';
      readonly method: string;
      readonly path: string;
      readonly operation: string | undefined;
      readonly status: number;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'connection-opened';
      readonly apiId: string;
      readonly stage: string;
      readonly connectionId: string;
    }
  | {
      readonly kind: 'connection-refused';
      readonly apiId: string;
      readonly stage: string;
      readonly status: number;
      readonly message: string;
    }
  | {
      readonly kind: 'message-routed';
      readonly apiId: string;
      readonly stage: string;
      readonly connectionId: string;
      readonly routeKey: string;
      readonly milliseconds: number;
    }
  | {
      /** No route takes the message, the one that does may not be used, or too many come; the client got an error frame. */
      readonly kind: 'message-refused';
      readonly apiId: string;
      readonly stage: string;
      readonly connectionId: string;
      readonly message: string;
    }
  | {
      /**
       * A message does not fit the model of its route, or the model cannot be used: the client got an error frame, and the
       * integration was not called. `reason` names the model and what does not fit.
       */
      readonly kind: 'message-invalid';
      readonly apiId: string;
      readonly stage: string;
      readonly connectionId: string;
      readonly routeKey: string;
      readonly reason: string;
    }
  | {
      /** An integration could not be called or did not answer; `reason` names the back end and what went wrong. */
      readonly kind: 'integration-failed';
      readonly apiId: string;
      readonly stage: string;
      readonly routeKey: string;
      readonly integrationId: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'connection-closed';
      readonly apiId: string;
      readonly stage: string;
      readonly connectionId: string;
      readonly code: number;
      readonly reason: string;
    }
  | {
      /** Something went wrong inside the gateway, as when its store could not be read; what was asked for failed. */
      readonly kind: 'gateway-fault';
      readonly reason: string;
    };

export type GatewayEventListener = (event: GatewayEvent) => void;
