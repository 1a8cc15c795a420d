using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Touchstone.Applications.Storefront;

namespace Touchstone.Server.Endpoints;

/// <summary>Problem details (RFC 9457): what is wrong, and how to mend it.</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext http, int status, string kind, string title, string detail)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "1";
        return http.Response.WriteAsJsonAsync(new Problem($"urn:touchstone:problem:{kind}", title, status, detail), AnswerJson.Options, MediaType, http.RequestAborted);
    }

    /// <summary>A request that cannot be understood.</summary>
    public static Task BadRequestAsync(HttpContext http, string detail) => WriteAsync(http, StatusCodes.Status400BadRequest, "bad-request", "The request cannot be understood", detail);

    /// <summary>Nothing is loaded yet.</summary>
    public static Task NotReadyAsync(HttpContext http, string detail) => WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "not-ready", "Nothing to serve from yet", detail);

    /// <summary>A slate that could not be remembered is not shown.</summary>
    public static Task NotRecordedAsync(HttpContext http, string detail) =>
        WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "not-recorded", "The slate could not be recorded, so it is not shown", detail);

    /// <summary>A refusal of the storefront.</summary>
    public static Task RefusedAsync(HttpContext http, Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.UnknownProduct => WriteAsync(http, StatusCodes.Status404NotFound, "unknown-product", "No such product", refusal.Problem),
        RefusalKind.UnknownModel => WriteAsync(http, StatusCodes.Status404NotFound, "unknown-model", "No such model", refusal.Problem),
        RefusalKind.NotAdmitted => WriteAsync(http, StatusCodes.Status403Forbidden, "not-admitted", "No verdict admits this model", refusal.Problem),
        RefusalKind.Unloadable => WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "unloadable-model", "The model cannot be loaded", refusal.Problem),
        RefusalKind.NoModels => WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "no-models", "Nothing to recommend with yet", refusal.Problem),
        RefusalKind.NoIndex => WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "no-index", "Nothing to search in yet", refusal.Problem),
        RefusalKind.UnusableRequest => BadRequestAsync(http, refusal.Problem),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "Unknown refusal."),
    };

    /// <summary>A fault of the program: the log has it, the caller is told no more than that.</summary>
    public static Task WriteFaultAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        return WriteAsync(http, StatusCodes.Status500InternalServerError, "fault", "The server failed", $"A fault of the server ({fault?.GetType().Name}); its log says where, under {http.TraceIdentifier}.");
    }

    /// <summary>Answers that have a status and no body.</summary>
    public static Task WriteStatusAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => WriteAsync(http, 404, "unknown-address", "No such address", $"There is nothing at {http.Request.Path}; there are /v1/recommendations, /v1/search, /health/ready and /health/live."),
        StatusCodes.Status405MethodNotAllowed => WriteAsync(http, 405, "method", "Only GET is answered here", $"{http.Request.Method} {http.Request.Path} is not answered; send GET."),
        var status => WriteAsync(http, status, "status", "The request cannot be answered", $"HTTP status {status}."),
    };

    private sealed record Problem(
        [property: JsonPropertyName("type")] string Type, string Title, int Status, string Detail);
}

/// <summary>The form of all answers.</summary>
internal static class AnswerJson
{
    /// <summary>Snake case; what is unknown is left out; text as it is, not escaped beyond JSON's own needs.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
