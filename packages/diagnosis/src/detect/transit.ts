import type { Detector } from "../investigation.ts";

export const detectTransit: Detector = () => {};
