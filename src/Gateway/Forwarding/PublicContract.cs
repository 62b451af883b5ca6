using System.Reflection;
using System.Text.RegularExpressions;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// The services of <c>src/Protocol</c> that people call, found in its descriptors: a new .proto file is reachable without a line here. The package says who
/// serves it, <c>delegation.&lt;resource&gt;.v&lt;n&gt;</c>.
/// </summary>
internal static partial class PublicContract
{
    public static IReadOnlyList<ForwardedService> Services { get; } = [.. Files(typeof(OrganizationsReflection).Assembly)
        .SelectMany(file => file.Services)
        .Where(service => !service.Methods.All(IsForServicesAlone) && service.GetOptions()?.GetExtension(AccessExtensions.BetweenServices) != true)
        .Select(service => new ForwardedService(service, ResourceOf(service)))];

    /// <summary>Who serves it.</summary>
    /// <exception cref="InvalidOperationException">The package has another form, so nobody does.</exception>
    internal static string ResourceOf(ServiceDescriptor service) =>
        PackageForm().Match(service.File.Package) is { Success: true } match
            ? match.Groups["resource"].Value
            : throw new InvalidOperationException(
                $"{service.FullName} is in package '{service.File.Package}'; it must be delegation.<resource>.v<n> to say who serves it.");

    // What the platform's services tell each other, as their journals, is not for the public.
    private static bool IsForServicesAlone(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AccessExtensions.Access) is { System: true, AnyRole: false, AnonymousOrganization: false, Roles.Count: 0 };

    // protoc generates one class with a static Descriptor for each file.
    private static IEnumerable<FileDescriptor> Files(Assembly assembly) => assembly.GetExportedTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(FileDescriptor))
        .Select(property => (FileDescriptor)property!.GetValue(null)!);

    [GeneratedRegex(@"^delegation\.(?<resource>[a-z]+)\.v[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PackageForm();
}
