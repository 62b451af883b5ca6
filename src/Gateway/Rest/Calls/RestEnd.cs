using System.Diagnostics;
using Delegation.Gateway.Rest.Problems;
using Delegation.Gateway.Rest.Streams;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>Ends a REST call that went wrong, in the way that what was sent so far leaves open.</summary>
internal static class RestEnd
{
    public static void Refuse(HttpContext context, RestCall call, Refusal refusal) =>
        Refuse(context, call, refusal.Details(LanguageOf(context), TraceId));

    public static void Refuse(HttpContext context, RestCall call, Google.Rpc.Status status)
    {
        var problem = RpcProblem.Of(status, call, LanguageOf(context), TraceId);
        if (!context.Response.HasStarted)
            problem.Answer(context);
        else if (call.Binding.GivesEvents)
            EventStream.Fail(context.Response, problem);
        else
            // Half a file must not look like a whole one.
            context.Abort();
    }

    private static string? TraceId => Activity.Current?.TraceId.ToHexString();

    private static string LanguageOf(HttpContext context) => Language.Of(context.Request.Headers.AcceptLanguage);
}
