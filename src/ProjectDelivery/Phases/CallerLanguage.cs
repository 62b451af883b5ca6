using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>The language in which the caller reads what a call answers.</summary>
internal static class CallerLanguage
{
    public static string LanguageOfCaller(this ServerCallContext context) => Language.Of(context.RequestHeaders.GetValue("accept-language"));
}
