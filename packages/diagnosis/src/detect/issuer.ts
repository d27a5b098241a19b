import type { Detector } from "../investigation.ts";

export const detectIssuer: Detector = () => {};
