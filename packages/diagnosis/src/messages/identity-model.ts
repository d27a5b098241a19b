/** The IDX numbers of Microsoft.IdentityModel, and what ASP.NET Core makes of them in error_description. */
import { absent, cannot, unset } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const IDENTITY_MODEL: readonly Message[] = [
  ...messagesOf("Microsoft.IdentityModel", [
    {
      pattern: /\bidx10224\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.zero_lifetime"],
      possible: ["time.milliseconds"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10500\b/i,
      reasons: ["signature.key_not_found", "signature.keys_unavailable"],
      possible: [
        "verifier.not_configured",
        "key.set_unreachable",
        "key.set_empty",
        "key.other_issuer",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs; #2513, Azure/data-api-builder",
    },
    {
      pattern:
        /\bidx10503\b[\s\S]{0,400}number of keys in configuration: '?0\b/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.set_unreachable",
        "key.set_empty",
        "verifier.not_configured",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10503\b[\s\S]{0,80}does not have a kid/i,
      reasons: ["signature.key_not_found", "signature.mismatch"],
      possible: [
        "key.id_missing",
        "key.too_small",
        "key.secret_encoding",
        "key.other_issuer",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs; #2084",
    },
    {
      pattern: /\bidx105(?:01|03|16|17)\b/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "issuer.tenant",
        "key.set_unreachable",
        "transit.overwritten",
        "key.retired",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10511\b/i,
      reasons: ["signature.mismatch"],
      possible: [
        "kind.other_resource",
        "key.other_issuer",
        "key.secret_encoding",
        "token.altered",
        "key.id_reused",
        "key.unknown",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs; docs/causes/kind.other_resource.md",
    },
    {
      pattern: /\bidx10504\b/i,
      reasons: ["signature.missing"],
      possible: ["token.truncated", "token.forged"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10506\b/i,
      reasons: ["signature.mismatch"],
      possible: ["verifier.not_configured", "key.unknown"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10634\b/i,
      reasons: ["signature.algorithm_unsupported"],
      possible: [cannot("algorithm"), "key.wrong_type", "key.too_small"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10696\b/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      possible: ["token.forged"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern:
        /\bidx10(?:720|653|630|631|632)\b|key size must be greater than/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.too_small"],
      possible: ["key.secret_encoding"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs; #2084, #1412",
    },
    {
      pattern: /\bidx10(?:609|603|607|612|615|616|618|619)\b/i,
      reasons: ["format.encrypted"],
      possible: ["token.encrypted", "key.other_issuer"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10204\b/i,
      reasons: ["issuer.mismatch"],
      likely: [unset("the issuer")],
      possible: ["issuer.other"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10205\b[\s\S]{0,600}\{tenant/i,
      reasons: ["issuer.mismatch"],
      likely: ["issuer.tenant"],
      possible: ["issuer.version"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10206\b/i,
      reasons: ["audience.missing"],
      possible: ["audience.absent", "kind.access_token"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10208\b/i,
      reasons: ["audience.mismatch"],
      likely: [unset("the audience")],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10209\b/i,
      reasons: ["format.too_large"],
      possible: ["token.oversized", "token.concatenated"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10211\b/i,
      reasons: ["issuer.missing"],
      likely: [absent("iss")],
      possible: ["token.malformed"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10214\b[\s\S]{0,300}api:\/\//i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.form",
        "audience.client_id",
        "issuer.version",
        "audience.other",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10222\b/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start", "time.milliseconds"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10223\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10225\b/i,
      reasons: ["expiration.missing"],
      likely: [absent("exp")],
      possible: ["time.not_numeric"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10228\b/i,
      reasons: ["binding.replayed"],
      likely: ["time.proof_reused"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx1025[67]\b/i,
      reasons: ["format.type"],
      possible: ["verifier.too_strict", "kind.id_token", "kind.proof"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx10311\b|\bidx[12]132[13]\b|\bidx1032[13]\b/i,
      reasons: ["audience.claim_mismatch", "audience.claim_missing"],
      likely: ["claim.nonce"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Protocols.OpenIdConnect/LogMessages.cs; aspnet/AspNetKatana#70",
    },
    {
      pattern: /\bidx10400\b/i,
      reasons: ["format.encoding"],
      possible: [
        "token.base64_not_url",
        "token.truncated",
        "token.percent_encoded",
        "token.quoted",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Tokens/LogMessages.cs",
    },
    {
      pattern: /\bidx14100\b/i,
      reasons: ["format.not_jwt"],
      possible: [
        "token.opaque",
        "token.placeholder",
        "verifier.not_configured",
        "token.json_instead",
        "token.key_instead",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.JsonWebTokens/LogMessages.cs; DuendeArchive/Support#1209",
    },
    {
      pattern: /\bidx1(?:2741|4120|4121|2709|2739|2740)\b/i,
      reasons: ["format.segments", "format.encoding"],
      possible: [
        "token.truncated",
        "token.opaque",
        "token.encrypted",
        "token.scheme_repeated",
        "token.quoted",
        "token.concatenated",
      ],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.JsonWebTokens/LogMessages.cs",
    },
    {
      pattern: /\bidx1(?:4102|2720|2721|4304|4305)\b/i,
      reasons: ["format.header", "format.payload"],
      possible: ["token.malformed", "token.base64_not_url", "token.altered"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.JsonWebTokens/LogMessages.cs",
    },
    {
      pattern: /\bidx2080\d\b/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unreachable"],
      possible: ["key.set_wrong_document", "verifier.not_configured"],
      source:
        "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet src/Microsoft.IdentityModel.Protocols/LogMessages.cs",
    },
  ]),
  ...messagesOf("ASP.NET Core", [
    {
      pattern: /requirehttpsmetadata=false|must use https unless disabled/i,
      reasons: ["request.transport_insecure"],
      possible: ["transit.insecure", "verifier.not_configured"],
      source: "dotnet/aspnetcore JwtBearerPostConfigureOptions.cs",
    },
  ]),
  ...messagesOf("Microsoft.Identity.Web", [
    {
      pattern: /\bidw10201\b/i,
      reasons: ["scope.missing"],
      possible: [
        "scope.not_granted",
        "scope.application_only",
        "kind.id_token",
        "scope.claim_name",
      ],
      source: "AzureAD/microsoft-identity-web IDWebErrorMessage.cs",
    },
    {
      pattern: /\bidw10203\b/i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted", "scope.prefix", "scope.application_only"],
      source: "AzureAD/microsoft-identity-web IDWebErrorMessage.cs",
    },
  ]),
];
