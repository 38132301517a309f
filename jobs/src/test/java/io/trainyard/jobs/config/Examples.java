package io.trainyard.jobs.config;

/** Files that are right, for the loader and the schema to agree upon. */
public final class Examples {
    static final String FULL = """
            version: 1
            name: card-fraud
            timezone: Europe/Berlin
            warehouse: s3a://bucket/fraud
            sources:
              transactions:
                path: data/transactions
                event_time: tx_time
              customers: {table: crm.customers}
              new_transactions:
                path: landing/new
                format: csv
                options: {user: trainyard, password: "${DB_PASSWORD}", maxColumns: 1000}
            training:
              rows: transactions
              key: transaction_id
              label: is_fraud
              task: binary
              positive: yes
              weight: w
              features: {amount: amount, weekend: "dayofweek(tx_time) in (1, 7)"}
              split:
                by: time
                train: 7 days
                gap: 12 hours
                validation: 2 weeks
                test: {from: 2018-08-08, to: 2018-08-15 08:30}
            search:
              metric: average_precision
              learners: [xgboost, logistic_regression]
              trials: 60
              timeout: 20 minutes
              seed: 7
              sampler: sobol
              parallelism: 4
              rounds: 500
              early_stopping: 20
              space:
                xgboost:
                  learning_rate: {low: 0.01, high: 0.3, log: true}
                  max_depth: {low: 3, high: 9, step: 2}
                  grow_policy: lossguide
                  subsample: [0.5, 1.0]
            register:
              model: card-fraud-model
              alias: champion
              promote_if:
                - min: {average_precision: 0.4}
                - max: {log_loss: 0.7}
                - {not_worse_than: champion, margin: 0.02, metric: roc_auc}
                - {better_than: baseline}
                - {slices: [channel], worst: 0.2}
                - calibration: 0.05
                - size: 50 MB
            score: {rows: new_transactions, entities: customer_id, to: predictions, alias: challenger, shadow: 3, contributions: true}
            targets:
              dev: {warehouse: ./warehouse}
            """;

    public static final String VIEWS = """
            name: card-fraud
            sources:
              transactions:
                path: /data/transactions
                event_time: tx_time
                known_at: {is_fraud: tx_time + interval 7 days}
                private: {customer_id: hash, email: mask, name: drop}
                tests:
                  - not_null: [customer_id, tx_time]
                  - {range: amount, min: 0, else: quarantine, max_share: 0.005}
                  - {unique: transaction_id, else: drop}
                  - {in_set: channel, values: [web, pos], else: warn}
                  - {matches: country, pattern: "[A-Z]{2}"}
                  - {references: terminal_id, in: terminals}
                  - {references: terminal_id, in: terminals, key: id}
                  - row_count: {min: 1000}
                  - {freshness: 2 days, else: warn}
                  - {sql: "amount < 10000 or channel = 'pos'", else: drop}
              terminals: {table: terminals, tests: {unique: id}}
              weather: {table: weather, event_time: hour, known_at: hour + interval 1 hour}
            views:
              customer:
                source: transactions
                entity: customer_id
                windows: [1 day, 1 week]
                aggregate: {count: count(*), amount_mean: avg(amount)}
              terminal:
                source: customer
                entity: [terminal_id, channel]
                windows: 30 days
                delay: 7 days
                aggregate: {risk: avg(is_fraud), largest: max(amount / customer_amount_mean_7d)}
                tests: {row_count: {max: 10}, else: warn}
              weather_there:
                source: weather
                entity: origin
                on: {origin: country}
                columns: {temp: temp, wind: wind / 3.6}
                max_age: 6 hours
            training:
              rows: transactions
              label: is_fraud
              positive: 1
              features: [amount]
              views: [customer, terminal, weather_there]
              split:
                by: time
                train: 7 days
                validation: 7 days
                test: {from: 2018-08-08, to: 2018-08-15}
                drop_known: customer_id
            """;

    static final String WATCHED = """
            name: watched
            sources:
              visits: {path: visits, event_time: at}
              weather: {table: weather, event_time: hour}
            training: {rows: visits, label: bought}
            monitor:
              every: month
              freshness: {limit: 2 days, sources: {weather: 6 hours}}
              alerts:
                - https://hooks.example.org/secret
                - {webhook: "https://hooks.example.org/other", template: "{}"}
                - mail: [ops@example.org, me@example.org]
                  from: trainyard@example.org
                  host: mail.example.org
                  port: 2525
                  security: tls
                  user: trainyard
                  password: ${DB_PASSWORD}
                - {mail: ops@example.org, from: trainyard@example.org, host: localhost, security: none}
            """;

    static final String BY_COLUMN = """
            name: adult
            sources: {rows: {sql: select * from adult}}
            training:
              rows: rows
              label: income
              features: [age, education]
              split: {by: column, column: part, train: [1, 2], validation: 3, test: 4}
            search: {learners: xgboost, sampler: grid, space: {xgboost: {max_depth: [4, 6]}}}
            register: {promote_if: {min: {accuracy: 0.8}}}
            """;

    static final String OWN_TEST_ROWS = """
            name: houses
            sources: {train: train.csv, test: test.csv}
            training:
              rows: train
              test_rows: test
              label: price
              task: regression
              drop: [id]
              split: {by: hash, validation: 0.25, test: 0, seed: 3, on: district}
            search: {metric: mape, learners: [linear_regression], trials: "${TRIALS:-5}", lockstep: true, parallelism: 2}
            """;

    static final String JSON = """
            {
              "name": "fraud",
              "sources": {"tx": "data/transactions"},
              "training": {"rows": "tx", "label": "is_fraud", "split": "hash"}
            }
            """;

    private Examples() {}
}
