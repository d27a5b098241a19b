import type { Detector } from "../investigation.ts";

export const detectKind: Detector = () => {};
