using System.Collections.Concurrent;

namespace Delegation.Gateway.Limits;

/// <summary>
/// For which organisation a person acts, as services said in the header <c>organization</c> of their answers: what callers say themselves is not
/// believed, since they would use up what others have.
/// </summary>
internal sealed class Acting
{
    private const int Enough = 16;

    private readonly ConcurrentDictionary<string, string> _organizations = new(StringComparer.Ordinal);

    /// <param name="named">What the caller named; empty for nothing.</param>
    public string? Of(string named) => _organizations.GetValueOrDefault(named);

    public void Learn(string named, string? organization)
    {
        if (organization is null)
            _organizations.TryRemove(named, out _);
        else if (_organizations.TryGetValue(named, out var known) ? known != organization : _organizations.Count < Enough)
            _organizations[named] = organization;
    }
}
