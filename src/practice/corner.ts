import type { Platform } from "../domain/platform.ts";
import type { FaultSwitch } from "./fault-switch.ts";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticePost,
  PracticeRoute,
  PracticeSocket,
} from "./kit.ts";
import type { Ground } from "./network.ts";
import type { PhoneRoute } from "./phone-answers.ts";
import type { RouteMatch } from "./router.ts";

/** A platform on the practice network, ready to be asked. */
export interface Corner {
  readonly practice: PracticePlatform;
  readonly network: PracticeNetwork;
  match(method: string, path: string): RouteMatch<PracticeRoute> | undefined;
  matchRoot(method: string, path: string): RouteMatch<PracticeRoute> | undefined;
  matchSocket(method: string, path: string): RouteMatch<PracticeSocket> | undefined;
  matchPhone(method: string, path: string): RouteMatch<PhoneRoute> | undefined;
  /** Oldest first. */
  posts(): readonly PracticePost[];
}

export interface Context {
  readonly ground: Ground;
  readonly corners: ReadonlyMap<Platform, Corner>;
  readonly faults: FaultSwitch;
  /** Set off when the network closes: what still waits then never happens. */
  readonly signal: AbortSignal;
  readonly log: (message: string, error: unknown) => void;
}
