namespace SqliteAnalyzers.Benchmarks.Programs;

/// <summary>A file without SQLite. Some of its methods have names that a SQLite library has too.</summary>
internal static class OrderFile
{
    public const int Methods = 10;

    private const int Rules = 7;

    public static string Name(int number) => $"Order{number}.cs";

    public static SourceFile Create(int number) => new(Name(number), $$"""
        namespace Shop.Domain;

        public sealed class Order{{number}}
        {
            public long Id { get; init; }

            public long Customer { get; init; }

            public long Amount { get; init; }

            public Dictionary<string, string> Tags { get; } = [];
        }

        public sealed class Order{{number}}Rules
        {
            private readonly List<string> _log = [];
            private bool _isOpen;
        {{string.Concat(Enumerable.Range(0, Rules).Select(rule => Rule(number, rule)))}}
            public void Open(string name)
            {
                if (_isOpen)
                {
                    throw new InvalidOperationException($"'{name}' is open.");
                }

                _isOpen = true;
                _log.Add("open " + name);
            }

            public long Execute(string command, IReadOnlyList<Order{{number}}> orders)
            {
                Open(command);
                try
                {
                    long total = command.Length;
                    foreach (var order in orders)
                    {
                        total += Rule0(order, orders) - Rule1(order, orders);
                    }

                    return total;
                }
                finally
                {
                    Close();
                }
            }

            public void Close()
            {
                _isOpen = false;
                _log.RemoveAll(line => line.StartsWith("open", StringComparison.Ordinal));
            }
        }

        """);

    private static string Rule(int number, int rule) => $$"""

            public static long Rule{{rule}}(Order{{number}} order, IReadOnlyList<Order{{number}}> others)
            {
                long total = 0;
                foreach (var other in others)
                {
                    if (other.Customer == order.Customer && other.Amount > {{rule}})
                    {
                        total += other.Amount * {{rule + 1}};
                    }
                    else if (total > 1000 && order.Tags.TryGetValue("t{{rule}}", out var tag))
                    {
                        total -= tag.Length;
                    }
                }

                return total > order.Amount ? total : order.Amount;
            }

        """;
}
