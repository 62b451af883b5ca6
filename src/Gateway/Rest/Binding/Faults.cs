using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>What is wrong with a REST request before any service has seen it: everything at once, up to a number that a person can use.</summary>
internal sealed class Faults
{
    private const int Most = 50;

    private static readonly LocalizedText Unreadable = new(
        "The request does not have the form that the contract gives it; each place is listed with what to do.",
        "La requête n'a pas la forme prévue par le contrat ; chaque endroit est indiqué avec la correction à apporter.");

    private readonly List<FieldViolation> _found = [];
    private readonly HashSet<string> _outsideBody = new(StringComparer.Ordinal);

    public bool Any => _found.Count > 0;

    /// <summary>Fields that the path, the query or a header has given or was to give: nothing in the body can be pointed at for them.</summary>
    public IReadOnlySet<string> OutsideBody => _outsideBody;

    public void InBody(string field, string reason, LocalizedText description)
    {
        if (_found.Count < Most)
            _found.Add(new FieldViolation(field, reason, description));
    }

    public void Outside(string field, string reason, LocalizedText description)
    {
        MarkOutside(field);
        InBody(field, reason, description);
    }

    public void MarkOutside(string field) => _outsideBody.Add(field);

    public Refusal ToRefusal() => new(StatusCode.InvalidArgument, "REQUEST_MALFORMED", Unreadable, _found);
}
