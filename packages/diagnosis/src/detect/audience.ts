import type { Detector } from "../investigation.ts";

export const detectAudience: Detector = () => {};
