using Delegation.Gateway.Rest.Problems;
using Delegation.Gateway.Rest.Routing;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>A call that came over REST. As a feature of the HTTP context it tells each step on its way to the service and back what it is.</summary>
/// <param name="binding">What is called, and how.</param>
/// <param name="pathValues">The raw text of each variable of the path.</param>
/// <param name="query">The raw query without its question mark.</param>
/// <param name="timeout">How long the service has; null for as long as it takes.</param>
internal sealed class RestCall(RestBinding binding, IReadOnlyList<string> pathValues, string query, TimeSpan? timeout)
{
    public RestBinding Binding => binding;

    public IReadOnlyList<string> PathValues => pathValues;

    public string Query => query;

    public TimeSpan? Timeout => timeout;

    /// <summary>Fields that did not come from the body.</summary>
    public IReadOnlySet<string> OutsideBody { get; set; } = new HashSet<string>();

    /// <summary>What broke while the answer was read.</summary>
    public Exception? Failure { get; set; }

    public static RestCall? Of(HttpContext context) => context.Features.Get<RestCall>();

    /// <summary>Where in the body a field is; null when it is not there.</summary>
    public string? PointerTo(string field) => OutsideBody.Contains(field) ? null : BodyPointer.To(field, Binding);
}
