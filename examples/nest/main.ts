/** NestJS 12: one guard for all controllers; decorators say what a handler needs, and which needs no token. */
import { createGuard } from "@assay/guard";
import { nestGuard, type Guarded } from "@assay/guard/nest";
import {
  Controller,
  Get,
  Module,
  Req,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory, Reflector } from "@nestjs/core";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});
const port = Number(process.env["PORT"] ?? 3000);

const Scopes = Reflector.createDecorator<string[]>();
const Public = Reflector.createDecorator<boolean>();

const reflector = new Reflector();
const judge = nestGuard(guard, (context: ExecutionContext) => {
  // Those of the handler, else those of its controller.
  const scopes = reflector.getAllAndOverride(Scopes, [
    context.getHandler(),
    context.getClass(),
  ]);
  return scopes && { scopes };
});

const doorkeeper: CanActivate = {
  canActivate: (context) =>
    reflector.get(Public, context.getHandler()) || judge.canActivate(context),
};

@Controller()
class Orders {
  @Public(true)
  @Get("health")
  health(): object {
    return { status: "ok" };
  }

  @Scopes(["orders:read"])
  @Get("orders")
  list(@Req() { admitted }: Guarded): object {
    return { owner: admitted?.token.claims["sub"], orders: ["tea", "cups"] };
  }
}

@Module({ controllers: [Orders] })
class Shop {}

const app = await NestFactory.create(Shop, { logger: false });
app.useGlobalGuards(doorkeeper);
await app.listen(port, "127.0.0.1");
console.log(`Listening at http://127.0.0.1:${port}`);
