namespace Delegation.Platform.Tests.Code;

/// <summary>Types are internal and sealed unless somebody outside needs them otherwise.</summary>
public sealed class Types_of_the_product
{
    // Hosts nobody links against. Libraries (Protocol, Persistence, ServiceDefaults) have public types by purpose.
    private static readonly string[] Hosts = ["Contracts", "ProjectDelivery", "Reporting", "Watch", "Gateway", "Migrator", "Identity"];
    private static readonly string[] Libraries = ["Persistence", "ServiceDefaults"];

    public static TheoryData<string> HostNames => [.. Hosts];

    public static TheoryData<string> Everything => [.. Hosts, .. Libraries];

    [Theory, MemberData(nameof(Everything))]
    public void A_class_without_heirs_is_sealed(string project) => Assert.Empty(Unsealed(CompiledTypes.Of(Output(project))));

    [Theory, MemberData(nameof(HostNames))]
    public void A_host_has_no_public_types(string project) => Assert.Empty(Public(CompiledTypes.Of(Output(project))));

    [Fact]
    public void A_planted_public_unsealed_class_is_found()
    {
        var types = CompiledTypes.Of(typeof(PlantedPublicUnsealed).Assembly.Location);

        Assert.Contains(nameof(PlantedPublicUnsealed), Unsealed(types));
        Assert.Contains(nameof(PlantedPublicUnsealed), Public(types));
    }

    private static IEnumerable<string> Unsealed(IReadOnlyList<CompiledType> types)
    {
        var parents = types.Select(type => type.Base).ToHashSet();
        return types.Where(type => !type.IsSealed && !type.IsAbstract && !type.IsGenerated && !parents.Contains(type.Name) && type.Name is not ("<Module>" or "Program"))
            .Select(type => type.Name);
    }

    private static IEnumerable<string> Public(IReadOnlyList<CompiledType> types) =>
        types.Where(type => type.IsPublic && !type.IsGenerated && type.Name != "Program").Select(type => type.Name);

    // The outputs of this very build: the AppHost reference builds every host in the configuration of the tests.
    private static string Output(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = project == "ServiceDefaults" ? project : Path.Combine("src", project);
        return Path.Combine(Repository.Here.Root, folder, "bin", configuration, "net10.0", project + ".dll");
    }
}

/// <summary>The violation that the rules above must see.</summary>
#pragma warning disable CA1852, CA1515
public class PlantedPublicUnsealed;
#pragma warning restore CA1852, CA1515
