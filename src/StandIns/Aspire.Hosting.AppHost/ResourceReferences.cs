using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Finds the resources that a value is made of.</summary>
internal static class ResourceReferences
{
    public static IReadOnlySet<IResource> Of(params IEnumerable<object> values)
    {
        var found = new HashSet<IResource>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var value in values)
        {
            Collect(value, found, seen);
        }

        return found;
    }

    private static void Collect(object? value, HashSet<IResource> found, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
        {
            return;
        }

        if (value is IResource resource)
        {
            // What the resource itself is made of is its own business.
            found.Add(resource);
        }
        else if (value is IResourceBuilder<IResource> builder)
        {
            found.Add(builder.Resource);
        }
        else if (value is IValueWithReferences references)
        {
            foreach (var reference in references.References)
            {
                Collect(reference, found, seen);
            }
        }
    }
}
