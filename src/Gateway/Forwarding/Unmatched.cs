using Delegation.Gateway.Rest;

namespace Delegation.Gateway.Forwarding;

/// <summary>Answers what no route takes, in the words of whoever asks.</summary>
internal static class Unmatched
{
    public static Task AnswerAsync(HttpContext context)
    {
        // A gRPC client that gets the 404 of a web server has to guess; the protocol has a status for it.
        if (context.Request.IsGrpc())
        {
            CallErrors.MethodUnknown.Answer(context);
            return Task.CompletedTask;
        }

        return Problem.NotFound.WriteAsync(context);
    }
}
